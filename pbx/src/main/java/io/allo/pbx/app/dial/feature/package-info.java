/**
 * What keys mean while two talk: features.conf ({@code [featuremap]}, {@code [applicationmap]}, groups), one-touch recording, applications by key,
 * and the key that leaves a card's number out of a recording. Who may press what is said by Dial's options and DYNAMIC_FEATURES. On the call's
 * thread; settings are immutable.
 */
@NullMarked
package io.allo.pbx.app.dial.feature;

import org.jspecify.annotations.NullMarked;
