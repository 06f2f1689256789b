/** Text for people: how much of it is shown. */
package io.wstck.server.text;
