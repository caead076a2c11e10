package io.allo.pbx.app.dial;

import io.allo.media.port.MediaPlane;
import io.allo.pbx.app.dial.feature.FeatureWorld;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.dialplan.run.DialplanRunner;

/** What dialing is joined to. Immutable, any thread. */
record DialWorld(
        DialplanRunner runner,
        Destinations destinations,
        MediaPlane media,
        Calls calls,
        Prompts prompts,
        FeatureWorld features) {}
