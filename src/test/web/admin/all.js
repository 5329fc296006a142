import './difference.test.js';
import './filter.test.js';
import './keys.test.js';
import './messages.test.js';
import './outbox.test.js';
import './queue.test.js';
import './sign-in.test.js';
import './text.test.js';
export { results } from '../testing.js';
