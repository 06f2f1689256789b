/** What a script may do: policies over actions and the resources they touch. */
package io.wstck.client.security;
