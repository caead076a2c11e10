/**
 * What the dialplan can do, one folder for each feature; here only how applications' arguments are read. An application
 * never uses another application. Nothing here holds a call's state.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app;
