/** Ready-made scenarios that have a URL of their own, usable by hand, and the page that lists them. */
package io.wstck.server.endpoint;
