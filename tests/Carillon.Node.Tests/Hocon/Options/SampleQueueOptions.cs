namespace Carillon.Node.Tests.Hocon.Options;

public sealed class SampleQueueOptions
{
    public int Slots { get; set; } = 32;

    public int BusyThreshold { get; set; } = 100;
}
