namespace Carillon.Benchmarks.Kernel;

/// <summary>What a scenario does with a message: one at a time.</summary>
internal interface IReceiver
{
    void Receive(object message);
}
