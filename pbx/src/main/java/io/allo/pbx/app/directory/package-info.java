/**
 * Directory: callers find a colleague by spelling the name. It uses {@code pbx.voicemail} for names and their recordings. One object serves all
 * calls and runs on their threads.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.directory;
