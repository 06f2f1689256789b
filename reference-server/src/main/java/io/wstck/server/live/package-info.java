/** What the server is doing, for people who watch it in a browser: open connections, and their frames as they happen. */
package io.wstck.server.live;
