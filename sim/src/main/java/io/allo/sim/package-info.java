@org.jspecify.annotations.NullMarked
package io.allo.sim;
