/** The list of known deviations, and the check that an implementation still deviates exactly as listed. */
package io.wstck.tck.known;
