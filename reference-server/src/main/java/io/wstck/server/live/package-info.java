/** The live view in a browser: open connections and their frames. */
package io.wstck.server.live;
