package io.allo.pbx.app.conference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.DialplanSamples;
import org.junit.jupiter.api.Test;

/** A profile that is not there is found before a call needs it. */
class ConferenceCheckTest {

    @Test
    void aMisspelledProfileIsNamedWithItsLine() {
        var dialplan = DialplanSamples.parse("""
                [a]
                exten => 1,1,ConfBridge(800,,default_user,sample_admin_menu)
                exten => 2,1,ConfBridge(800,default_brige,${WHO})
                """).dialplan();
        var problems = ConferenceCheck.check(ConferenceConf.DEFAULT, dialplan);
        assertEquals(1, problems.size(), problems.toString());
        ConfProblem problem = problems.getFirst();
        assertEquals(3, problem.line());
        assertTrue(problem.inWords("fr").contains("default_bridge"), problem.inWords("fr"));
    }

    @Test
    void optionsOfMeetMeAndPageThatDoNothingAreNamed() {
        var dialplan = DialplanSamples.parse("""
                [a]
                exten => 1,1,MeetMe(800,dqv(100))
                exten => 2,1,Page(PJSIP/a&PJSIP/b,qZ(x)A(beep))
                exten => 3,1,MeetMe(800,aAcCdDeEFG(x)iIklL(1)mMnopPqrsS(1)tTw(3)xX1)
                exten => 4,1,MeetMe(800,${OPTIONS})
                """).dialplan();
        var problems = ConferenceCheck.check(ConferenceConf.DEFAULT, dialplan);
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.get(0).inWords("fr").contains("l'option v de MeetMe"), problems.toString());
        assertTrue(problems.get(1).inWords("en").contains("Page's option Z"), problems.toString());
    }
}
