// The first step of a frame, in the person's language before it is painted.

import "./wish.js";
import "../src/first_step.js";
