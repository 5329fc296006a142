package afterword.faults;

import afterword.bench.Scale;

/** One kind of harm, done to a stage of its own. */
interface Play {
  /**
   * @param name under which its row appears
   */
  Row play(String name, Scale scale) throws Exception;
}
