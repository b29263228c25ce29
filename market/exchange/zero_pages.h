// A large array of zeroes in pages that the system hands out only as they are touched,
// so that an array over all prices costs memory only where there are orders. An array of
// less than 4 KiB is the allocator's: it costs no call of the system.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace oneup::exchange {

template <typename T>
class ZeroPages {
  static_assert(std::is_trivially_copyable_v<T>, "all zero bits must be a valid value");
  static_assert(alignof(T) <= alignof(std::max_align_t), "what the allocator gives");

 public:
  // Throws std::bad_alloc if the address space is used up.
  explicit ZeroPages(size_t count) : data_(Make(count * sizeof(T)), {count * sizeof(T)}) {}

  T& operator[](size_t i) { return data_.get()[i]; }
  const T& operator[](size_t i) const { return data_.get()[i]; }

 private:
  static constexpr size_t kPage = 4096;

  struct Release {
    size_t bytes;
    void operator()(T* data) const {
      if (bytes < kPage) {
        std::free(data);
      } else {
        munmap(data, bytes);
      }
    }
  };
  static T* Make(size_t bytes) {
    if (bytes < kPage) {
      void* data = std::calloc(1, bytes);
      if (data == nullptr) throw std::bad_alloc();
      return static_cast<T*>(data);
    }
    void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) throw std::bad_alloc();
    return static_cast<T*>(data);
  }

  std::unique_ptr<T, Release> data_;
};

}  // namespace oneup::exchange
