using Carillon.Testing;

namespace Carillon.Scheduling.Tests.Wire;

public sealed class SchedulingMessagesTests
{
    [Fact]
    public void Every_message_comes_as_it_went()
    {
        Assert.Empty(WireCheck.Changed(SchedulingMessages.Wire, []));
    }

    [Fact]
    public void Garbled_frames_break_nothing()
    {
        Assert.Empty(WireCheck.Broken(SchedulingMessages.Wire, []));
    }

    [Fact]
    public void Every_reply_that_is_asked_for_may_travel()
    {
        Assert.Empty(WireCheck.MissingReplies(SchedulingMessages.Wire));
    }
}
