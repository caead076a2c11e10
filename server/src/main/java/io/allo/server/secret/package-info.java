/** Commands about secrets: making them, hashing them, opening what is sealed. They need no running allo. Main thread. Uses io.vault. */
@org.jspecify.annotations.NullMarked
package io.allo.server.secret;
