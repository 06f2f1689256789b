/** Calls into code that may never return. Each call has its own thread, so that the caller can stop waiting. */
package io.wstck.tck.implementation.bounded;
