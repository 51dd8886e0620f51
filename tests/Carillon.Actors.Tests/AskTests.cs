namespace Carillon.Actors.Tests;

public sealed class AskTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Reply_completes_the_ask()
    {
        var echo = Echo();
        var reply = echo.AskAsync<Question, string>(to => new Question("hello", to));
        Assert.False(reply.IsCompleted);
        _world.Run();

        Assert.Equal("hello", await reply.Within("reply"));
        Assert.Null(_world.Time.NextTimer);
    }

    [Fact]
    public void Ask_without_reply_times_out_after_the_default_of_the_system()
    {
        var ask = Silent().AskAsync<Question, string>(to => new Question("hello", to));

        _world.Advance(4.999);
        Assert.False(ask.IsCompleted);
        _world.Advance(0.001);

        var timedOut = Assert.IsType<AskTimeoutException>(ask.Exception?.InnerException);
        Assert.Contains("'/silent' did not reply within 00:00:05", timedOut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_takes_its_own_timeout()
    {
        var ask = Silent().AskAsync<Question, string>(to => new Question("hello", to), TimeSpan.FromSeconds(1));
        _world.Advance(1);

        Assert.IsType<AskTimeoutException>(ask.Exception?.InnerException);
    }

    [Fact]
    public void Infinite_timeout_is_refused()
    {
        var silent = Silent();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            _ = silent.AskAsync<Question, string>(to => new Question("x", to), Timeout.InfiniteTimeSpan);
        });
    }

    [Fact]
    public void Late_and_second_replies_are_dead_letters()
    {
        IActorRef<string>? replyTo = null;
        var actor = _world.System.Spawn("keeper", () => new Answer(question => replyTo = question.ReplyTo));
        _ = actor.AskAsync<Question, string>(to => new Question("hello", to));
        _world.Advance(5);
        Assert.False(replyTo!.Tell("late"));

        _ = actor.AskAsync<Question, string>(to => new Question("hello", to));
        _world.Run();
        Assert.True(replyTo.Tell("in time"));
        Assert.False(replyTo.Tell("twice"));

        Assert.Equal(2, _world.System.DeadLetters.Count(DeadLetterReason.LateReply));
        Assert.Equal("/keeper/ask", replyTo.Path);
    }

    [Fact]
    public async Task Ask_of_a_stopped_actor_fails_at_once()
    {
        var echo = Echo();
        var stopped = _world.System.StopAsync(echo);
        _world.Run();
        await stopped.Within("stopped");

        var ask = echo.AskAsync<Question, string>(to => new Question("hello", to));

        Assert.IsType<ActorUnavailableException>(ask.Exception?.InnerException);
        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Ask_of_a_full_mailbox_fails_at_once()
    {
        var full = _world.System.Spawn(
            "full", () => new Answer(_ => { }), new ActorOptions { MailboxCapacity = 1 });
        _ = full.AskAsync<Question, string>(to => new Question("fills it", to));

        var ask = full.AskAsync<Question, string>(to => new Question("refused", to));

        Assert.IsType<ActorUnavailableException>(ask.Exception?.InnerException);
        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.MailboxFull));
    }

    [Fact]
    public async Task Cancelled_ask_stops_waiting()
    {
        using var cancellation = new CancellationTokenSource();
        var ask = Silent().AskAsync<Question, string>(
            to => new Question("hello", to), cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        Assert.True(ask.IsCanceled);
        Assert.Null(_world.Time.NextTimer);
    }

    [Fact]
    public async Task Asker_never_continues_on_the_thread_of_the_actor()
    {
        await using var world = new ThreadedWorld(threads: 1);
        Thread? callee = null;
        var echo = world.Spawn<Question>("echo", (_, question) =>
        {
            callee = Thread.CurrentThread;
            question.ReplyTo.Tell(question.Text);
        });

        await Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await echo.AskAsync<Question, string>(to => new Question("hello", to));
                Assert.NotSame(callee, Thread.CurrentThread);
            }
        }).Within("a thousand replies");
    }

    [Fact]
    public void Target_that_is_no_actor_needs_a_system()
    {
        var foreign = new Foreign();
        Assert.Throws<ArgumentException>(() =>
        {
            _ = foreign.AskAsync<Question, string>(to => new Question("hello", to));
        });

        var ask = foreign.AskAsync<Question, string>(_world.System, to => new Question("hello", to));
        Assert.True(ask.IsCompletedSuccessfully);
    }

    private IActorRef<Question> Echo()
        => _world.System.Spawn("echo", () => new Answer(question => question.ReplyTo.Tell(question.Text)));

    private IActorRef<Question> Silent() => _world.System.Spawn("silent", () => new Answer(_ => { }));

    private sealed record Question(string Text, IActorRef<string> ReplyTo);

    private sealed class Answer(Action<Question> answer) : Actor<Question>
    {
        protected override void Receive(Question message) => answer(message);
    }

    private sealed class Foreign : IActorRef<Question>
    {
        public string Path => "/elsewhere";

        public bool Tell(Question message) => message.ReplyTo.Tell("from elsewhere");
    }
}
