/** Heads of HTTP messages for people: bounded, and without the credentials in them. */
package io.wstck.server.head;
