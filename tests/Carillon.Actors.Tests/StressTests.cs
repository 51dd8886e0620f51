namespace Carillon.Actors.Tests;

/// <summary>Races that need many tries. Alone, so that the threads meet as often as possible.</summary>
[Collection("alone")]
public sealed class StressTests
{
    private const int Threads = 4;

    /// <summary>In place of the number of a sender.</summary>
    private const int FromTimer = -1;

    [Fact]
    public async Task Two_million_messages_from_many_senders_to_an_actor_that_keeps_going_idle_are_all_handled()
    {
        const int Senders = 4;
        const int PerSender = 500_000;
        await using var world = new ThreadedWorld(Threads);
        var last = new int[Senders];
        var handled = 0;
        var done = NewSignal();
        var actor = world.Spawn<Numbered>("sink", (_, message) =>
        {
            // Any gap or repetition leaves the count short.
            if (message.Number == last[message.Sender] + 1)
            {
                last[message.Sender] = message.Number;
                if (++handled == Senders * PerSender)
                {
                    done.SetResult();
                }
            }
        }, new ActorOptions { MailboxCapacity = Senders * PerSender });

        RunTogether(Senders, sender =>
        {
            for (var number = 1; number <= PerSender; number++)
            {
                actor.Tell(new Numbered(sender, number));
                if (number % 16 == 0)
                {
                    // Long enough now and then for the actor to come to the end of its mailbox.
                    Thread.SpinWait(number % 1_000);
                }
            }
        });

        await done.Task.Within($"{Senders * PerSender} messages in order, {Volatile.Read(ref handled)} so far");
    }

    [Fact]
    public async Task Messages_told_while_an_actor_starts_and_stops_are_handled_or_dead_and_none_is_both()
    {
        const int Rounds = 3_000;
        const int PerRound = 20;
        await using var world = new ThreadedWorld(Threads);
        var accepted = 0L;
        var handled = 0L;
        var astray = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            // The same name each time: it must be free when the stop has completed, and the old mail must not come.
            var present = round;
            var actor = world.Spawn<Numbered>("a", (_, message) =>
            {
                Interlocked.Increment(ref handled);
                astray += message.Number == present ? 0 : 1;
            });
            var telling = Task.Run(() =>
            {
                for (var i = 0; i < PerRound; i++)
                {
                    accepted += actor.Tell(new Numbered(0, present)) ? 1 : 0;
                }
            });
            Thread.SpinWait(round % 500);
            await world.System.StopAsync(actor).Within($"stop in round {round}");
            await telling.Within($"sender in round {round}");
        }

        Assert.Equal(0, astray);
        Assert.Equal(PerRound * Rounds, handled + world.System.DeadLetters.Count(DeadLetterReason.Stopped));
        Assert.InRange(handled, 0, accepted);
    }

    [Fact]
    public async Task Watches_that_race_with_the_stop_are_answered_exactly_once()
    {
        const int Rounds = 2_000;
        await using var world = new ThreadedWorld(Threads);
        for (var round = 0; round < Rounds; round++)
        {
            var subject = world.Spawn<object>("subject", static (context, _) => context.StopSelf());
            var heard = new int[Threads];
            using var all = new CountdownEvent(Threads);
            var watchers = Enumerable.Range(0, Threads).Select(i => world.Spawn<string>($"w-{i}", (context, what) =>
            {
                if (what is "watch")
                {
                    context.Watch(subject, "gone");
                }
                else if (++heard[i] == 1)
                {
                    all.Signal();
                }
            })).ToList();
            subject.Tell(subject);
            watchers.ForEach(static watcher => watcher.Tell("watch"));

            all.WaitHandle.WaitFor($"all watchers told in round {round}");
            await Task.WhenAll(watchers.Select(world.System.StopAsync)).Within($"watchers stopped in round {round}");
            Assert.All(heard, times => Assert.Equal(1, times));
            await world.System.StopAsync(subject).Within($"name free in round {round}");
        }
    }

    [Fact]
    public async Task Timer_that_is_replaced_while_it_fires_never_delivers_the_replaced_message()
    {
        const int Replacements = 20_000;
        await using var world = new ThreadedWorld(Threads);
        var current = 0;
        var stale = 0;
        var done = NewSignal();
        var actor = world.Spawn<Numbered>("a", (context, message) =>
        {
            if (message.Sender == FromTimer)
            {
                stale += message.Number == current ? 0 : 1;
                if (message.Number == Replacements)
                {
                    done.SetResult();
                }

                return;
            }

            current++;
            context.Timers.StartSingle("t", new Numbered(FromTimer, current), TimeSpan.FromTicks(current % 500));
            if (current < Replacements)
            {
                Thread.SpinWait(current % 200);
                context.Self.Tell(message);
            }
        });
        actor.Tell(new Numbered(0, 0));

        await done.Task.Within("the last timer");
        Assert.Equal(0, stale);
    }

    [Fact]
    public async Task Suspensions_that_race_with_messages_leave_no_actor_standing_still()
    {
        const int Failures = 2_000;
        await using var world = new ThreadedWorld(Threads);
        var resume = new ActorOptions { Supervisor = new SupervisorStrategy { Decide = static _ => Directive.Resume } };
        var handled = 0;
        var done = NewSignal();
        IActorRef<string>? parent = null;
        IActorRef<string>? child = null;
        using var spawned = new CountdownEvent(2);
        world.System.Spawn("top", () => new Lambda<string>(FailIfTold, top =>
        {
            parent = top.Spawn("parent", () => new Lambda<string>(FailIfTold, SpawnChild), resume);
            spawned.Signal();
        }), resume);
        spawned.WaitHandle.WaitFor("parent and child");

        // Parent and child fail at the same time, again and again, while others tell the child.
        RunTogether(3, sender =>
        {
            for (var i = 0; i < Failures; i++)
            {
                (sender == 0 ? parent! : child!).Tell(sender == 2 ? "work" : "fail");
                Thread.SpinWait(i % 300);
            }
        });

        await done.Task.Within($"{2 * Failures} messages of the child");

        void SpawnChild(ActorContext<string> above)
        {
            child = above.Spawn("child", () => new Lambda<string>((context, what) =>
            {
                if (++handled == 2 * Failures)
                {
                    done.SetResult();
                }

                FailIfTold(context, what);
            }));
            spawned.Signal();
        }
    }

    private static void FailIfTold(ActorContext<string> context, string what)
    {
        if (what is "fail")
        {
            throw new InvalidOperationException($"{context.Self.Path} was told to fail");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void RunTogether(int count, Action<int> action)
    {
        var threads = Enumerable.Range(0, count)
            .Select(i => new Thread(() => action(i)) { IsBackground = true })
            .ToList();
        threads.ForEach(static thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "a sender has not ended"));
    }

    private sealed record Numbered(int Sender, int Number);
}
