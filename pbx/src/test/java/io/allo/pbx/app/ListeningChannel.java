package io.allo.pbx.app;

import io.allo.core.timer.Clock;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.event.CallLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller without a phone: it notes what it is told, and hears what a {@link VirtualMedia} plays. */
final class ListeningChannel extends Channel {
    private final List<String> told = new ArrayList<>();
    private @Nullable VirtualMedia media;
    private boolean early;
    private boolean soundSettled = true;
    private boolean released;

    ListeningChannel(CallLog log, Clock clock, DialplanLocation start) {
        super("Test/1", "1.1", log, clock, start);
    }

    void hears(VirtualMedia plane) {
        media = plane;
    }

    /** Its sound is not agreed upon until {@link #settle}, though it is answered. */
    void unsettle() {
        soundSettled = false;
    }

    void settle() {
        soundSettled = true;
        post(new ChannelEvent.MediaReady());
    }

    /** "ring", "progress", "answer", "hangup 17". */
    List<String> told() {
        return told;
    }

    @Override
    public String technology() {
        return "Test";
    }

    @Override
    public String endpoint() {
        return "test";
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return null;
    }

    @Override
    public void dial() {}

    @Override
    public void ring() {
        told.add("ring");
    }

    @Override
    public void progress() {
        if (!early) told.add("progress");
        early = true;
    }

    @Override
    public void answer() {
        if (isUp()) return;
        told.add("answer");
        state(ChannelState.UP);
    }

    @Override
    public @Nullable PortId media() {
        return (isUp() || early) && soundSettled && !released ? VirtualMedia.PORT : null;
    }

    @Override
    public void indicateHold(boolean onHold) {}

    @Override
    public void updateConnectedLine(PartyId party) {}

    @Override
    public void sendDigits(String digits, int durationMs, int gapMs) {
        media.post(new MediaCommand.SendDigits(VirtualMedia.PORT, digits, durationMs, gapMs));
    }

    @Override
    protected void release(HangupCause cause, boolean farSideEnded) {
        told.add((farSideEnded ? "left " : "hangup ") + cause.code());
        released = true;
    }

    @Override
    public boolean isReleased() {
        return released;
    }

    @Override
    protected @Nullable ChannelEvent absorb(ChannelEvent event) {
        return event instanceof MediaHappened happened ? MediaHappened.translated(happened.event()) : event;
    }
}
