/** Endpoints: ready-made scenarios, each at a URL of its own, and the page that lists them. */
package io.wstck.server.endpoint;
