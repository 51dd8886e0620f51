using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class TriggerKeysTests
{
    [Fact]
    public void Key_is_known_until_it_expires()
    {
        var keys = new TriggerKeys([Key("k", scheduled: 1, expires: 100)]);

        Assert.Equal(Sample.At(1), keys.Find("k", Sample.At(99.9)));
        Assert.Null(keys.Find("other", Sample.At(99.9)));
        Assert.Null(keys.Find("k", Sample.At(100)));
    }

    [Fact]
    public void Key_used_again_after_it_expired_outlives_its_first_use()
    {
        var keys = new TriggerKeys([Key("k", scheduled: 1, expires: 100)]);
        keys.Add(Key("k", scheduled: 110, expires: 210));

        Assert.Equal(Sample.At(110), keys.Find("k", Sample.At(120)));
    }

    private static TriggerKey Key(string key, double scheduled, double expires)
    {
        return new TriggerKey(Sample.JobId, key, Sample.At(scheduled), Sample.At(expires));
    }
}
