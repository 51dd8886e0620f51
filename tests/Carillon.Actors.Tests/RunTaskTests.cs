using System.Diagnostics.CodeAnalysis;

namespace Carillon.Actors.Tests;

public sealed class RunTaskTests : IAsyncDisposable
{
    private static readonly ActorOptions TenSeconds = new() { HandlerTimeout = TimeSpan.FromSeconds(10) };
    private readonly World _world = new();
    private IActorRef<string>? _child;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Handler_holds_the_actor_until_it_ends()
    {
        var actor = Waiting(seconds: 5);
        World.Tell(actor, "wait", "next");

        _world.Advance(4.9);
        Assert.Equal(["PreStart", "wait"], _world.Journal.Of("a"));
        _world.Advance(0.1);
        Assert.Equal(["PreStart", "wait", "waited", "next"], _world.Journal.Of("a"));
    }

    [Fact]
    public void Handler_that_need_not_wait_is_part_of_the_message()
    {
        var actor = Handling(_ => Task.CompletedTask);
        World.Tell(actor, "wait", "next");
        _world.Run();

        Assert.Equal(["PreStart", "wait", "next"], _world.Journal.Of("a"));
    }

    [Fact]
    public void Continuations_run_in_the_turns_of_the_actor()
    {
        IActorRef<string>? child = null;
        var actor = Handling(async script =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time, CancellationToken.None);

            // Throws outside of a turn.
            child = script.Kernel.Spawn("child", _world.Factory("child"));
        });
        World.Tell(actor, "wait");
        _world.Advance(1);

        Assert.Equal("/a/child", child?.Path);
        Assert.Empty(_world.Warnings);
    }

    [Fact]
    public async Task Continuations_run_one_at_a_time_on_real_threads()
    {
        const int Rounds = 2_000;
        await using var world = new ThreadedWorld(threads: 4);
        var counted = 0;
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = world.Spawn<object>("a", (context, _) => context.RunTask(async _ =>
        {
            // Two flows over one plain field, both resumed by other threads.
            await Task.WhenAll(CountAsync(), CountAsync());
            done.SetResult(counted);
        }));
        actor.Tell(new object());

        Assert.Equal(2 * Rounds, await done.Task.Within("both flows"));

        async Task CountAsync()
        {
            for (var i = 0; i < Rounds; i++)
            {
                await Task.Yield();
                var seen = counted;
                Thread.SpinWait(20);
                counted = seen + 1;
            }
        }
    }

    [Fact]
    public void Handler_that_throws_fails_the_actor_once()
    {
        var actor = Handling(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time, CancellationToken.None);
            throw new InvalidOperationException("told to fail");
        });
        World.Tell(actor, "wait", "next");
        _world.Advance(5);

        Assert.Equal(
            ["PreStart", "wait", "PreRestart", "PostStop", "PostRestart", "PreStart", "next"], _world.Journal.Of("a"));
        Assert.Single(_world.Warnings);
    }

    [Fact]
    [SuppressMessage("Usage", "VSTHRD001", Justification = "The bare callback is what is tested.")]
    public void Callback_of_a_handler_that_throws_fails_the_actor()
    {
        var actor = Handling(_ =>
        {
            SynchronizationContext.Current!.Post(_ => throw new InvalidOperationException("told to fail"), null);
            return Task.Delay(TimeSpan.FromSeconds(1), _world.Time, CancellationToken.None);
        });
        World.Tell(actor, "wait", "next");
        _world.Advance(5);

        Assert.Equal(
            ["PreStart", "wait", "PreRestart", "PostStop", "PostRestart", "PreStart", "next"], _world.Journal.Of("a"));
    }

    [Fact]
    public void Handler_that_exceeds_its_time_fails_the_actor_and_says_so()
    {
        Exception? cause = null;
        var token = CancellationToken.None;
        var strategy = new SupervisorStrategy
        {
            Decide = e =>
            {
                cause = e;
                return Directive.Resume;
            },
        };
        _world.Spawn(
            "p",
            p => p.Starting = () => p.Kernel.Spawn("a", Hanging(t => token = t), TenSeconds).Tell("wait"),
            new ActorOptions { Supervisor = strategy });
        _world.Advance(9.9);
        Assert.Null(cause);
        _world.Advance(5);

        var timeout = Assert.IsType<HandlerTimeoutException>(cause);
        Assert.Contains("'/p/a' did not end within 00:00:10", timeout.Message, StringComparison.Ordinal);
        Assert.True(token.IsCancellationRequested);

        // Half a handler is nothing to resume.
        Assert.Equal(
            ["PreStart", "wait", "PreRestart", "PostStop", "PostRestart", "PreStart"], _world.Journal.Of("a"));
    }

    [Fact]
    public void Handler_left_behind_cannot_use_the_context()
    {
        var refused = false;
        var actor = Handling(
            async script =>
            {
                await Task.Delay(TimeSpan.FromSeconds(20), _world.Time, CancellationToken.None);
                refused = Assert.Throws<InvalidOperationException>(script.Kernel.StopSelf)
                    .Message.Contains("has ended", StringComparison.Ordinal);
            });
        World.Tell(actor, "wait");
        _world.Advance(20);
        World.Tell(actor, "next");
        _world.Run();

        Assert.True(refused);
        Assert.Equal("a:next", _world.Journal.Last);
    }

    [Fact]
    public void Stop_cancels_the_handler_and_waits_for_it()
    {
        var actor = Handling(async script =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(9), _world.Time, Token);
            }
            catch (OperationCanceledException)
            {
                script.Note("cancelled");
                await Task.Delay(TimeSpan.FromSeconds(1), _world.Time, CancellationToken.None);
                script.Note("ended");
            }
        });
        World.Tell(actor, "wait", "never handled");
        _world.Run();

        var stopped = _world.Stop(actor);
        Assert.False(stopped.IsCompleted);
        _world.Advance(1);

        Assert.True(stopped.IsCompleted);
        Assert.Equal(["PreStart", "wait", "cancelled", "ended", "PostStop"], _world.Journal.Of("a"));
        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Stop_waits_for_a_handler_no_longer_than_its_time()
    {
        var actor = Handling(_ => Forever());
        World.Tell(actor, "wait");
        _world.Run();

        var stopped = _world.Stop(actor);
        _world.Advance(9.9);
        Assert.False(stopped.IsCompleted);
        _world.Advance(0.1);

        Assert.True(stopped.IsCompleted);
        Assert.Contains("/a stops or restarts without its handler", _world.Warnings);
    }

    [Fact]
    public void Failure_of_a_child_restarts_the_parent_only_after_its_handler()
    {
        var escalate = TenSeconds with { Supervisor = new SupervisorStrategy { Decide = _ => Directive.Escalate } };
        var actor = Waiting(seconds: 5, escalate);
        World.Tell(actor, "child", "wait");
        _world.Advance(1);
        World.Tell(_child!, "fail");
        _world.Advance(3.9);
        Assert.DoesNotContain("PreRestart", _world.Journal.Of("a"));
        _world.Advance(1);

        Assert.Equal(
            ["PreStart", "child", "wait", "waited", "PreRestart", "PostStop", "PostRestart", "PreStart"],
            _world.Journal.Of("a"));
    }

    [Fact]
    public void Task_is_refused_outside_of_a_message_and_beside_another()
    {
        var refused = new List<string>();
        var actor = _world.Spawn("a", script =>
        {
            script.Starting = () => Refused(script);
            script.On("wait", () =>
            {
                script.Kernel.RunTask(_ => Forever());
                Refused(script);
            });
        });
        World.Tell(actor, "wait");
        _world.Run();

        Assert.Equal(2, refused.Count);
        Assert.All(refused, text => Assert.Contains("'/a' can run a task only", text, StringComparison.Ordinal));

        void Refused(Script script) => refused.Add(
            Assert.Throws<InvalidOperationException>(() => script.Kernel.RunTask(_ => Task.CompletedTask)).Message);
    }

    /// <summary>The token of the last handler that <see cref="Handling"/> began.</summary>
    private CancellationToken Token { get; set; }

    private Task Forever() => Task.Delay(Timeout.InfiniteTimeSpan, _world.Time, CancellationToken.None);

    private IActorRef<string> Waiting(double seconds, ActorOptions? options = null)
    {
        return Handling(
            async script =>
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), _world.Time, CancellationToken.None);
                script.Note("waited");
            },
            options);
    }

    private IActorRef<string> Handling(Func<Script, Task> handler, ActorOptions? options = null)
    {
        return _world.Spawn(
            "a",
            script =>
            {
                script.On("wait", () => script.Kernel.RunTask(cancel =>
                {
                    Token = cancel;
                    return handler(script);
                }));
                script.On("child", () => _child = script.Kernel.Spawn("child", _world.Factory("child")));
            },
            options ?? TenSeconds);
    }

    private Func<Actor<string>> Hanging(Action<CancellationToken> begun)
    {
        return _world.Factory("a", script => script.On("wait", () => script.Kernel.RunTask(cancel =>
        {
            begun(cancel);
            return Forever();
        })));
    }
}
