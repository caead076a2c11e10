package io.allo.pbx.call.prompt;

import io.allo.io.music.MusicLibrary;
import io.allo.media.music.MusicStream;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import org.jspecify.annotations.Nullable;

/** Music on hold for every application: which class, begun and ended. One object serves all calls; on the call's thread. */
public final class Music {

    /** The class where nothing else is said. */
    public static final String DEFAULT = "default";

    private final MediaPlane media;
    private final @Nullable MusicLibrary library;

    /** Of these classes; without a library music is silence, as in a simulation. */
    public Music(MediaPlane media, @Nullable MusicLibrary library) {
        this.media = media;
        this.library = library;
    }

    /** The class that a held channel hears: its own, what its holder suggests, the default. */
    public static String classFor(Channel held, Channel holder) {
        var own = held.musicClass();
        var suggested = holder.suggestedMusic();
        return !own.isBlank() ? own : !suggested.isBlank() ? suggested : DEFAULT;
    }

    /** A class's music to be played; of one that is not there the default's, which is told. "" is the channel's own. */
    public PlaySource source(Call call, String wanted) {
        var own = call.channel().musicClass();
        return source(call.channel(), !wanted.isBlank() ? wanted : own.isBlank() ? DEFAULT : own);
    }

    private PlaySource source(Channel channel, String name) {
        if (library == null) {
            return new PlaySource.Music(new MusicStream(name));
        }
        var stream = library.stream(name);
        if (stream.isEmpty()) {
            var call = channel.owner();
            if (call != null) {
                call.problem(
                        "music-class",
                        "there is no music class " + name + " in musiconhold.conf: " + channel.name()
                                + " hears the default",
                        "musiconhold.conf n'a pas de classe " + name + " : " + channel.name()
                                + " entend celle par défaut");
            }
            stream = library.stream(DEFAULT);
        }
        return new PlaySource.Music(stream.orElseGet(() -> new MusicStream(name)));
    }

    /** Lets a channel hear a class until {@link #stop}, a prompt or a bridge takes its place. False if it can't hear anything. */
    public boolean start(Channel channel, String name) {
        var port = channel.media();
        if (port == null) {
            return false;
        }
        media.post(new MediaCommand.Play(port, Bridge.TONES, source(channel, name)));
        return true;
    }

    /** Ends it. */
    public void stop(Channel channel) {
        var port = channel.media();
        if (port != null) {
            media.post(new MediaCommand.StopPlay(port, Bridge.TONES));
        }
    }
}
