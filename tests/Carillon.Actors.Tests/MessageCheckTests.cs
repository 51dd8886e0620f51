using System.Collections.Immutable;

namespace Carillon.Actors.Tests;

public sealed class MessageCheckTests
{
    public static TheoryData<object> Immutable => new()
    {
        "text",
        new Fixed(1, "x", [], [], static () => { }),
        new Initialised { Number = 1, Inner = new Fixed(1, "x", [], [], null) },
    };

    public static TheoryData<object, string> Mutable => new()
    {
        { new Settable { Number = 1 }, "Settable.Number is not read-only" },
        { new WithField(1), "WithField._number is not read-only" },
        { new WithArray([1]), "WithArray.Numbers is a Int32[]" },
        { new WithList([1]), "WithList.Numbers is a List`1" },
        { new Outer(new WithArray([1])), "WithArray.Numbers is a Int32[]" },
        { new Derived(1), "WithField._number is not read-only" },
    };

    [Theory]
    [MemberData(nameof(Immutable))]
    public async Task Immutable_message_passes(object message)
    {
        await using var world = new World(checksMessages: true);
        var actor = world.System.Spawn("a", static () => new Sink());

        Assert.True(actor.Tell(message));
    }

    [Theory]
    [MemberData(nameof(Mutable))]
    public async Task Message_that_can_be_changed_is_refused_and_the_member_is_named(object message, string member)
    {
        await using var world = new World(checksMessages: true);
        var actor = world.System.Spawn("a", static () => new Sink());

        var refused = Assert.Throws<ArgumentException>(() => actor.Tell(message));
        Assert.Contains(member, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_that_can_be_changed_is_refused()
    {
        await using var world = new World(checksMessages: true);
        ArgumentException? refused = null;
        var actor = world.System.Spawn("a", () => new Replier(e => refused = e));
        _ = actor.AskAsync<IActorRef<object>, object>(static replyTo => replyTo);
        world.Run();

        Assert.Contains("WithArray.Numbers", refused?.Message, StringComparison.Ordinal);
    }

    private sealed record Fixed(
        int Number, string Text, IReadOnlyList<int> List, ImmutableArray<int> Array, Action? Act);

    private sealed record Initialised
    {
        public required int Number { get; init; }

        public required Fixed Inner { get; init; }
    }

    private sealed record Settable
    {
        public int Number { get; set; }
    }

    private class WithField(int number)
    {
        private int _number = number;

        public override string ToString() => $"{++_number}";
    }

    private sealed class Derived(int number) : WithField(number);

    private sealed record WithArray(int[] Numbers);

    private sealed record WithList(List<int> Numbers);

    private sealed record Outer(WithArray Inner);

    private sealed class Sink : Actor<object>
    {
        protected override void Receive(object message) => GC.KeepAlive(message);
    }

    private sealed class Replier(Action<ArgumentException> refused) : Actor<IActorRef<object>>
    {
        protected override void Receive(IActorRef<object> message)
            => refused(Assert.Throws<ArgumentException>(() => message.Tell(new WithArray([1]))));
    }
}
