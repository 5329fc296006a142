import './code.test.js';
import './counting.test.js';
import './languages.test.js';
import './memory.test.js';
import './page-identity.test.js';
import './time.test.js';
import './words.test.js';
export { results } from '../testing.js';
