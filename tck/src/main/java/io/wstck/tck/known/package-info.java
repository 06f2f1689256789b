/** Known deviations: what an implementation is listed to do otherwise, and whether it still does exactly that. */
package io.wstck.tck.known;
