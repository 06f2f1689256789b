/** Plays cases: scheduling, one thread and one session each, time limits, repetition of what was inconclusive. */
package io.wstck.tck.run;
