package io.allo.pbx.app.dial;

import io.allo.core.timer.Clock;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.event.CallLog;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A phone without a wire: it notes what it is told, and does what the test plans. */
final class Phone extends Channel {
    private final String who;
    private final MediaPlane media;
    private final Consumer<String> notes;
    private final Consumer<Phone> onDial;
    private final PortId port;
    private boolean early;
    private boolean silent;
    private boolean released;

    Phone(
            String who,
            String uniqueId,
            CallLog log,
            Clock clock,
            DialplanLocation start,
            MediaPlane media,
            Consumer<String> notes,
            Consumer<Phone> onDial) {
        super("Phone/" + who + "-" + uniqueId.substring(uniqueId.indexOf('.') + 1), uniqueId, log, clock, start);
        this.who = who;
        this.media = media;
        this.notes = notes;
        this.onDial = onDial;
        this.port = media.open(new MediaPlane.PortRequest(""), event -> post(new MediaHappened(event)))
                .id();
    }

    @Override
    public PortId port() {
        return port;
    }

    /** It can't be heard and can't hear. */
    void silent() {
        silent = true;
    }

    private void note(String what) {
        notes.accept(who + " " + what);
    }

    @Override
    public String technology() {
        return "Phone";
    }

    @Override
    public String endpoint() {
        return who;
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return null;
    }

    @Override
    public void dial() {
        note("dialed by " + connectedLine().full());
        onDial.accept(this);
    }

    @Override
    public void ring() {
        if (!isUp()) note("ring");
    }

    @Override
    public void progress() {
        if (!isUp() && !early) note("progress");
        early = true;
    }

    @Override
    public void answer() {
        if (isUp() || isHungUp()) return;
        note("answer");
        state(ChannelState.UP);
    }

    @Override
    public @Nullable PortId media() {
        return (isUp() || early) && !silent && !released ? port : null;
    }

    @Override
    public void indicateHold(boolean onHold) {
        note(onHold ? "held" : "resumed");
    }

    @Override
    public void updateConnectedLine(PartyId party) {
        note("connected to " + party.full());
    }

    @Override
    public void sendDigits(String digits, int durationMs, int gapMs) {
        note("digits " + digits);
        media.post(new MediaCommand.SendDigits(port, digits, durationMs, gapMs));
    }

    @Override
    protected void release(HangupCause cause, boolean farSideEnded) {
        note((farSideEnded ? "left " : "hangup ") + cause.code());
        media.post(new MediaCommand.Close(port));
    }

    @Override
    public boolean isReleased() {
        return released;
    }

    @Override
    protected @Nullable ChannelEvent absorb(ChannelEvent event) {
        if (event instanceof MediaHappened happened) {
            if (happened.event() instanceof MediaEvent.Closed) {
                released = true;
                return null;
            }
            return isHungUp() ? null : MediaHappened.translated(happened.event());
        }
        if (isHungUp()) return null;
        if (event instanceof ChannelEvent.Progress progress && progress.media()) early = true;
        return event;
    }
}
