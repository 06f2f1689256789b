/** Policies: which actions a script may perform on which resources. */
package io.wstck.client.security;
