/** Text for people: excerpts, and the words of formats. */
package io.wstck.server.text;
