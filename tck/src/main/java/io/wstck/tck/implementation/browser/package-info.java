/**
 * A web browser's own WebSocket as what is judged: the page that is an agent, the server that talks with it, and the browser that the kit
 * opens it in.
 */
package io.wstck.tck.implementation.browser;
