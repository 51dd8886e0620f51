namespace Carillon.Testing;

/// <summary>Both ends of a connection, and what is on its way between them.</summary>
internal sealed class SimulatedConnection
{
    private readonly SimulatedNetwork _network;
    private readonly Guid _from;
    private readonly Guid _to;

    public SimulatedConnection(SimulatedNetwork network, Guid from, Guid to)
    {
        _network = network;
        _from = from;
        _to = to;
        Here = new SimulatedEnd(network, network.Way(from, to), Forget);
        There = new SimulatedEnd(network, network.Way(to, from), Forget);
        Here.Other = There;
        There.Other = Here;
    }

    public SimulatedEnd Here { get; }

    public SimulatedEnd There { get; }

    public bool Joins(Guid incarnation)
    {
        return incarnation == _from || incarnation == _to;
    }

    /// <summary>Goes on after a cut.</summary>
    public void Flow()
    {
        Here.Flow();
        There.Flow();
    }

    public void Break()
    {
        Here.Break();
        There.Break();
        _network.Forget(this);
    }

    private void Forget()
    {
        if (Here.IsClosed && There.IsClosed)
        {
            _network.Forget(this);
        }
    }
}
