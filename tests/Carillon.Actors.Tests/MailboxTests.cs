using System.Diagnostics;

namespace Carillon.Actors.Tests;

public sealed class MailboxTests
{
    private const int Senders = 4;
    private const int PerSender = 50_000;

    [Fact]
    public async Task Actor_handles_one_message_at_a_time_and_each_sender_in_order()
    {
        await using var world = new ThreadedWorld(threads: 4);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = new int[Senders];
        var handled = 0;
        var inside = 0;
        var faults = new List<string>();
        var actor = world.Spawn<Numbered>("counter", (_, message) =>
        {
            if (++inside != 1)
            {
                faults.Add("two messages at a time");
            }

            if (message.Number != last[message.Sender] + 1)
            {
                faults.Add($"sender {message.Sender}: {message.Number} after {last[message.Sender]}");
            }

            // Plain fields: each turn must see what the one before, on whichever thread, wrote.
            last[message.Sender] = message.Number;
            inside--;
            if (++handled == Senders * PerSender)
            {
                done.SetResult();
            }
        }, new ActorOptions { MailboxCapacity = Senders * PerSender });

        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var number = 1; number <= PerSender; number++)
            {
                actor.Tell(new Numbered(sender, number));
            }
        }));
        await Task.WhenAll(senders).Within("all messages told");
        await done.Task.Within($"{Senders * PerSender} messages handled");

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Message_told_while_the_actor_goes_idle_is_not_forgotten()
    {
        // The only sender tells again as soon as it sees the answer, which is when the actor is about to go idle; the
        // varied pause makes the two meet at every point of that. A lost wake-up, and nobody tells the actor any more.
        const int Rounds = 100_000;
        await using var world = new ThreadedWorld(threads: 2);
        var answered = 0;
        var message = new object();
        var actor = world.Spawn<object>("echo", (_, _) =>
        {
            var round = answered + 1;
            Volatile.Write(ref answered, round);
            Thread.SpinWait(round % 40);
        });

        await Task.Run(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                actor.Tell(message);
                var toldAt = Stopwatch.GetTimestamp();
                while (Volatile.Read(ref answered) != round)
                {
                    Assert.True(Stopwatch.GetElapsedTime(toldAt).TotalSeconds < 10, $"no answer in round {round}");
                }
            }
        });
    }

    [Fact]
    public async Task Stop_overtakes_the_messages_that_wait()
    {
        await using var world = new World();
        var actor = world.Spawn("a");
        world.Run();
        World.Tell(actor, "one", "two", "three");

        await world.Stop(actor).Within("stopped");

        Assert.Equal(["a:PreStart", "a:PostStop"], world.Journal.All);
        Assert.Equal(3, world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public async Task Full_mailbox_refuses_and_the_sender_is_not_blocked()
    {
        await using var world = new World();
        var actor = world.Spawn("a", options: new ActorOptions { MailboxCapacity = 2 });

        bool[] accepted = [actor.Tell("one"), actor.Tell("two"), actor.Tell("three")];
        world.Run();

        Assert.Equal([true, true, false], accepted);
        Assert.Equal(["a:PreStart", "a:one", "a:two"], world.Journal.Take());
        Assert.Equal(1, world.System.DeadLetters.Count(DeadLetterReason.MailboxFull));
        Assert.True(actor.Tell("there is room again"));
    }

    [Fact]
    public async Task Capacity_is_exact_under_concurrent_senders()
    {
        await using var world = new World();
        var actor = world.Spawn("a", options: new ActorOptions { MailboxCapacity = 100 });

        var accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (actor.Tell("x"))
                {
                    Interlocked.Increment(ref accepted);
                }
            }
        }))).Within("all told");
        world.Run();

        Assert.Equal(100, accepted);
        Assert.Equal(100, world.Journal.Count("a:x"));
    }

    [Fact]
    public async Task Turn_ends_after_the_throughput_so_that_others_get_the_thread()
    {
        await using var world = new ThreadedWorld(threads: 1);
        using var opened = new ManualResetEventSlim();
        var blocker = world.Spawn<object>("blocker", (_, _) => opened.Wait());
        var order = new List<string>();
        var done = new CountdownEvent(12);
        var options = new ActorOptions { Throughput = 3 };

        blocker.Tell(new object());
        foreach (var name in new[] { "a", "b" })
        {
            var actor = world.Spawn<object>(
                name,
                (_, _) =>
                {
                    order.Add(name);
                    done.Signal();
                },
                options);
            for (var i = 0; i < 6; i++)
            {
                actor.Tell(new object());
            }
        }

        opened.Set();
        done.WaitHandle.WaitFor("twelve messages");
        done.Dispose();

        Assert.Equal("aaabbbaaabbb", string.Concat(order));
    }

    [Fact]
    public async Task Turn_ends_after_its_time_so_that_slow_messages_do_not_keep_the_thread()
    {
        const int Slow = 100;
        using var dispatcher = new ThreadDispatcher("kernel", 1);
        var time = new VirtualTimeProvider(World.Start, dispatcher: null);
        await using var system = new ActorSystem(
            "slow", new ActorSystemOptions { Time = time, Dispatcher = dispatcher, Random = new Random(1) });
        using var opened = new ManualResetEventSlim();
        var handled = 0;
        var before = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = system.Spawn("busy", () => new Lambda<object>((_, _) =>
        {
            opened.Wait();
            time.Advance(TimeSpan.FromMilliseconds(1));
            handled++;
        }), new ActorOptions { Throughput = Slow });
        var other = system.Spawn("other", () => new Lambda<object>((_, _) => before.SetResult(handled)));
        for (var i = 0; i < Slow; i++)
        {
            busy.Tell(new object());
        }

        other.Tell(new object());
        opened.Set();

        // 5 ms, and the clock is looked at with every eighth message.
        Assert.InRange(await before.Task.Within("the other actor"), 0, 8);
    }

    [Fact]
    public async Task Null_message_is_refused()
    {
        await using var world = new World();
        var actor = world.Spawn("a");
        Assert.Throws<ArgumentNullException>(() => actor.Tell(null!));
    }

    private sealed record Numbered(int Sender, int Number);
}
