/** Calls into code that may never return: each on a thread of its own, so that the caller can stop waiting. */
package io.wstck.tck.implementation.bounded;
