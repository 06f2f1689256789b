/** Plays cases: order, threads, time limits, and repetition of inconclusive cases. */
package io.wstck.tck.run;
