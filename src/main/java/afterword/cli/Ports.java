package afterword.cli;

import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks at the ports before anything is started, so that a taken one is told in one line. */
final class Ports {
  private Ports() {}

  /**
   * Settles ports given as 0 too: the kernel's choice becomes part of addresses that are printed.
   */
  static Config settle(Config config) {
    Config settled = settle(config, Setting.HTTP_PORT, config.httpHost(), config.httpPort());
    return settle(
        settled, Setting.MANAGEMENT_PORT, config.managementHost(), config.managementPort());
  }

  static Config settle(Config config, Setting setting, String host, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return config.with(setting, Integer.toString(socket.getLocalPort()));
    } catch (UnknownHostException unknown) {
      throw new ConfigException("\"" + host + "\" is not an address of this machine");
    } catch (IOException taken) {
      String flag = setting.flag().orElseThrow();
      boolean denied = String.valueOf(taken.getMessage()).contains("denied");
      boolean foreign = String.valueOf(taken.getMessage()).contains("assign");
      if (foreign)
        throw new ConfigException(
            host + " is not an address of this machine: choose another host to listen on");
      throw new ConfigException(
          "Port "
              + port
              + (denied ? " may not be opened by this user" : " is taken")
              + ": choose another with "
              + flag
              + " or "
              + setting);
    }
  }
}
