// The book is a library that other programs can link, also into shared objects: this
// program has none of the project's code but what it loads.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace {

TEST(BookModule, TradesInAProgramThatLoadsIt) {
  void* module = dlopen(ONEUP_BOOK_MODULE, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(module, nullptr) << dlerror();
  using Function = int64_t(int32_t price, int32_t offered, int32_t wanted);
  auto* trade = reinterpret_cast<Function*>(dlsym(module, "SharesTradedInABook"));
  ASSERT_NE(trade, nullptr) << dlerror();
  EXPECT_EQ(trade(100, 30, 20), 20);
  EXPECT_EQ(trade(1 << 20, 1, 5), 1);
  EXPECT_EQ(trade(0, 30, 20), 0) << "no such price";
  dlclose(module);
}

}  // namespace
