/**
 * How the functions read and write texts: arguments with their escapes, numbers, C's formats of numbers and dates, regular
 * expressions. Pure; any thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.function.text;
