/** Measurements of the client, as programs to be started by hand. */
package io.wstck.client.measure;
