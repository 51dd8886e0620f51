namespace Carillon.Node.Tests.Hocon.Options;

public enum SampleMisfire
{
    RunOnce,
    RunAll,
    Skip,
}
