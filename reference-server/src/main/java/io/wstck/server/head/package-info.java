/** Heads of HTTP messages for people, bounded and without credentials. */
package io.wstck.server.head;
