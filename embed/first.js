// Shows the first step of a frame in the person's language before the browser paints it.

import "./wish.js";
import "../src/first_step.js";
