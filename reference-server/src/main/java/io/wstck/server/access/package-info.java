/** Rules about the headers Host and Origin. They decide which web pages may send a request. */
package io.wstck.server.access;
