package io.allo.pbx.call.local;

import io.allo.core.timer.Clock;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.media.sdp.CodecName;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanEntry;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.event.CallLog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One half of a Local channel. The half named ;1 is dialed; ;2 runs the dialplan. Owned by its call. */
final class LocalChannel extends Channel {

    private final Calls calls;
    private final MediaPlane media;
    private final PortId port;
    private final DialplanEntry dialplan;
    private final String resource;
    private volatile List<CodecName> codecs = List.of();
    private @Nullable LocalChannel other;
    private boolean runsDialplan;
    private boolean dialed;
    private volatile boolean mediaClosed;

    LocalChannel(
            String name,
            String uniqueId,
            CallLog log,
            Clock clock,
            DialplanLocation start,
            Calls calls,
            MediaPlane media,
            PortId port,
            DialplanEntry dialplan,
            String resource) {
        super(name, uniqueId, log, clock, start);
        this.calls = calls;
        this.media = media;
        this.port = port;
        this.dialplan = dialplan;
        this.resource = resource;
    }

    static void pair(LocalChannel dialed, LocalChannel running) {
        dialed.other = running;
        running.other = dialed;
        running.runsDialplan = true;
    }

    private LocalChannel other() {
        return Objects.requireNonNull(other);
    }

    @Override
    public String technology() {
        return "Local";
    }

    @Override
    public String endpoint() {
        return resource;
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return null;
    }

    @Override
    public void dial() {
        if (dialed || isHungUp()) {
            return;
        }
        dialed = true;
        var running = other();
        running.callerId(connectedLine());
        running.ani(connectedLine().number());
        running.dnid(running.location().extension());
        running.codecs = codecs;
        running.state(ChannelState.RING);
        if (!calls.start(running, dialplan.script(running.location()))) {
            post(new ChannelEvent.HungUp(HangupCause.SWITCH_CONGESTION, 0, "no more calls are taken now"));
        }
    }

    @Override
    public void ring() {
        if (runsDialplan) {
            other().post(new ChannelEvent.Ringing());
        }
    }

    @Override
    public void progress() {
        if (runsDialplan && !isUp()) {
            other().post(new ChannelEvent.Progress(true, false));
        }
    }

    @Override
    public void answer() {
        if (runsDialplan && !isUp() && !isHungUp()) {
            state(ChannelState.UP);
            other().post(new ChannelEvent.Answered());
        }
    }

    @Override
    public PortId media() {
        return port;
    }

    @Override
    public List<CodecName> codecs() {
        return codecs;
    }

    @Override
    public void preferCodecs(List<CodecName> first) {
        codecs = List.copyOf(first);
    }

    @Override
    public void indicateHold(boolean onHold) {
        other().post(new ChannelEvent.Hold(onHold));
    }

    @Override
    public void updateConnectedLine(PartyId party) {
        other().post(new ChannelEvent.ConnectedLineChanged(party));
    }

    @Override
    public void sendDigits(String digits, int durationMs, int gapMs) {
        media.post(new MediaCommand.SendDigits(port, digits, durationMs, gapMs));
    }

    @Override
    protected void release(HangupCause cause, boolean farSideEnded) {
        media.post(new MediaCommand.Close(port));
        calls.unregister(this);
        if (farSideEnded) {
            return;
        }
        var far = other();
        if (!dialed && !runsDialplan) {
            // its other half never ran: nobody else gives its port back
            far.hangUp(cause);
        } else {
            far.post(new ChannelEvent.HungUp(cause, 0, cause.english()));
        }
    }

    @Override
    public boolean isReleased() {
        return mediaClosed;
    }

    @Override
    protected @Nullable ChannelEvent absorb(ChannelEvent event) {
        if (event instanceof MediaHappened happened) {
            if (happened.event() instanceof MediaEvent.Closed) {
                mediaClosed = true;
                return null;
            }
            return isHungUp() ? null : MediaHappened.translated(happened.event());
        }
        return isHungUp() ? null : event;
    }
}
