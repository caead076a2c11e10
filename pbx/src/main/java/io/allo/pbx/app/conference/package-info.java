/**
 * Conferences as the dialplan has them: ConfBridge with its menus and prompts, MeetMe as another name of it, Page, and the functions about
 * them. Each member is its own call, on that call's thread; what they share is a room of {@link io.allo.pbx.conference}. Uses {@link
 * io.allo.pbx.call}, {@link io.allo.pbx.call.prompt}, {@link io.allo.pbx.call.ring}, {@link io.allo.pbx.call.recording}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.conference;
