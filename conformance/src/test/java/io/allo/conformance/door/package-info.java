/** Strangers at the door: what those who guess, flood, forge and look get, while calls are up. Every attack is a program on a host of the lab. */
package io.allo.conformance.door;
