/** The kit: plays the documented cases against an implementation and judges them from both ends of the wire. */
package io.wstck.tck;
