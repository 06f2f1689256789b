/** The module time: timers as channels, sleeping, and the clock. */
package io.wstck.lua.time;
