/** Browsers as clients under test: the agent page, the server behind it, and the browser processes. */
package io.wstck.tck.implementation.browser;
