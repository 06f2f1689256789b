/** Which web pages may send a request: rules about the headers Host and Origin. */
package io.wstck.server.access;
