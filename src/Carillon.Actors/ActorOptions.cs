namespace Carillon.Actors;

/// <summary>Bounds of one actor and the strategy for its children.</summary>
public sealed record ActorOptions
{
    internal static readonly ActorOptions Default = new();

    /// <summary>Messages that may wait; further ones are refused. At least 1, 100,000 unless set.</summary>
    public int MailboxCapacity
    {
        get;
        init
        {
            Require.That(value >= 1, nameof(MailboxCapacity), value, "at least 1");
            field = value;
        }
    } = 100_000;

    /// <summary>Messages handled in one turn before others get the thread. At least 1, 64 unless set.</summary>
    public int Throughput
    {
        get;
        init
        {
            Require.That(value >= 1, nameof(Throughput), value, "at least 1");
            field = value;
        }
    } = 64;

    /// <summary>
    /// How long a handler may go on asynchronously before the actor fails. More than zero, 30 seconds unless set.
    /// </summary>
    public TimeSpan HandlerTimeout
    {
        get;
        init
        {
            Require.That(value > TimeSpan.Zero, nameof(HandlerTimeout), value, "more than zero");
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>What happens to the children of this actor when they fail.</summary>
    public SupervisorStrategy Supervisor
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate();
            field = value;
        }
    } = SupervisorStrategy.Default;
}
